"""Prints tests run, skipped with reasons, and the ten slowest, from Surefire's reports."""
import glob
import sys
import xml.etree.ElementTree as tree

tests, failed, skipped = [], 0, []
for report in glob.glob("*/target/surefire-reports*/TEST-*.xml"):
    for case in tree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname').split('.')[-1]}.{case.get('name')}"
        tests.append((float(case.get("time", "0").replace(",", "")), name))
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        skip = case.find("skipped")
        if skip is not None:
            skipped.append((name, skip.get("message", "no reason given")))
for name, reason in skipped:
    print(f"skipped {name}: {reason}")
print("slowest:")
for seconds, name in sorted(tests, reverse=True)[:10]:
    print(f"  {seconds:7.2f} s  {name}")
print(f"{len(tests) - failed - len(skipped)} passed, {failed} failed, {len(skipped)} skipped")
sys.exit(1 if failed or not tests else 0)
