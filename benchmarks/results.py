"""Raw samples of a benchmark with what they were made on, as benchmarks/results/NAME.json."""
import json
import os
import platform
import statistics
import subprocess

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def cpu():
    with open("/proc/cpuinfo") as f:
        for line in f:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor()


def plugin():
    """The library of the plugin that Girih takes."""
    shown = subprocess.run([os.path.join(ROOT, "girih"), "plugin", "list"], text=True, capture_output=True).stdout
    return shown.split("* cache (")[1].split(": ", 1)[1].split("\n")[0]


def header():
    """The folder of PJRT's C header, which the oldest plugin of the tests brings."""
    return os.path.join(os.path.dirname(subprocess.run(
        [os.path.join(ROOT, "girih"), "plugin", "install", "cpu-0.81"], text=True, capture_output=True, check=True).stdout.strip()), "include")


def jdk():
    """The home of a JDK 25."""
    for home in [os.environ.get("JAVA_HOME", "")] + sorted(
            os.path.join("/usr/lib/jvm", name) for name in os.listdir("/usr/lib/jvm")):
        try:
            with open(os.path.join(home, "release")) as f:
                if 'JAVA_VERSION="25' in f.read():
                    return home
        except OSError:
            pass
    raise SystemExit("no JDK 25 in JAVA_HOME or /usr/lib/jvm")


def commit():
    return subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()


def save(name, unit, rows, versions):
    """Writes the rows {who: samples or figures}."""
    folder = os.path.join(ROOT, "benchmarks", "results")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".json"), "w") as f:
        json.dump({"unit": unit, "commit": commit(), "cpu": cpu(), "cores": os.cpu_count(),
                   "load": os.getloadavg()[0], "versions": versions, "samples": rows}, f, indent=1)
        f.write("\n")


def write(name, unit, rows, versions):
    """Saves the rows {who: samples}, and prints a line for each and the ratios of the medians to the last."""
    save(name, unit, rows, versions)
    base = statistics.median(list(rows.values())[-1])
    print(f"{'':12} {'min':>10} {'median':>10} {'max':>10} {'ratio':>7}   {unit}")
    for who, row in rows.items():
        print(f"{who:12} {min(row):10.4g} {statistics.median(row):10.4g} {max(row):10.4g} {statistics.median(row) / base:7.2f}")
