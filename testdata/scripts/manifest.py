"""Keeps testdata/MANIFEST: which script made a file of expected values, with which versions, and its SHA-256.

`record` renews a script's lines; run alone, it renews the hashes of all files that are listed."""

import hashlib
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "testdata" / "MANIFEST"


def line(path, script, versions):
    return f"{path} | {script} | {versions} | {hashlib.sha256((ROOT / path).read_bytes()).hexdigest()}"


def record(script, versions, paths, only=True):
    """Lists these files (from the root of the repository), as the script's only ones unless `only` is false."""
    lines = MANIFEST.read_text().splitlines()
    gone = {text for text in lines if f"| {script} |" in text and (only or text.split(" | ")[0] in paths)}
    kept = [text for text in lines if text not in gone]
    head = [text for text in kept if text.startswith("#")]
    rest = [text for text in kept if not text.startswith("#")]
    rest += [line(path, script, versions) for path in paths]
    MANIFEST.write_text("\n".join(head + sorted(rest)) + "\n")


if __name__ == "__main__":
    out = []
    for text in MANIFEST.read_text().splitlines():
        cells = text.split(" | ")
        out.append(text if text.startswith("#") else line(*cells[:3]))
    MANIFEST.write_text("\n".join(out) + "\n")
