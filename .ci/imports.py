"""Prints the picture of the imports: for each module its packages from the bottom up, what each
imports of the module, arrows back (packages that import each other in a round), and its largest
package with the files of it that name each other in a round.

usage: python3 .ci/imports.py [ROOT [MODULE...]]
"""
import re
import sys
from pathlib import Path

# What is no code: comments, text blocks, strings, characters.
NO_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
PACKAGE = re.compile(r"^package ([\w.]+);", re.M)
PATH = re.compile(r"\b(?:[a-z]\w*\.)+[A-Z]\w*")
NAME = re.compile(r"(?<![\w.])[A-Z]\w*")


class File:
    def __init__(self, path):
        code = NO_CODE.sub(" ", path.read_text(encoding="utf-8"))
        self.name = path.stem
        self.package = PACKAGE.search(code).group(1)
        # Classes that are named in full, in imports or in the code.
        self.paths = set(PATH.findall(code))
        self.names = set(NAME.findall(code))


def files(module):
    found = sorted((module / "src" / "main" / "java").rglob("*.java"))
    return [File(f) for f in found if f.name not in ("package-info.java", "module-info.java")]


def package_arrows(all_files):
    """For each package the packages that it imports."""
    arrows = {f.package: set() for f in all_files}
    for f in all_files:
        for path in f.paths:
            package = re.match(r"[a-z]\w*(?:\.[a-z]\w*)*", path).group()
            if package in arrows and package != f.package:
                arrows[f.package].add(package)
    return arrows


def file_arrows(package_files):
    """For each file of one package the others that it names."""
    names = {f.name for f in package_files}
    return {f.name: (f.names & names) - {f.name} for f in package_files}


def components(arrows):
    """The strongly connected components, those below first (Tarjan, without recursion)."""
    index, low, stack, held, out = {}, {}, [], set(), []
    for root in sorted(arrows):
        if root in index:
            continue
        work = [(root, iter(sorted(arrows[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        held.add(root)
        while work:
            node, rest = work[-1]
            step = next(rest, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        held.discard(component[-1])
                    out.append(sorted(component))
            elif step not in index:
                index[step] = low[step] = len(index)
                stack.append(step)
                held.add(step)
                work.append((step, iter(sorted(arrows[step]))))
            elif step in held:
                low[node] = min(low[node], index[step])
    return out


def floors(arrows, knots):
    """The floor of each package: 0 if it imports none, else one above those that it imports."""
    floor = {}
    for knot in knots:
        below = {b for p in knot for b in arrows[p]} - set(knot)
        level = 1 + max((floor[b] for b in below), default=-1)
        floor.update({p: level for p in knot})
    return floor


def short(package, prefix):
    return package[len(prefix):].lstrip(".") or "."


def common(packages):
    parts = [p.split(".") for p in packages]
    out = []
    for step in zip(*parts):
        if len(set(step)) > 1:
            break
        out.append(step[0])
    return ".".join(out)


def picture(module):
    all_files = files(module)
    if not all_files:
        return 0
    arrows = package_arrows(all_files)
    prefix = common(arrows)
    knots = components(arrows)
    floor = floors(arrows, knots)
    back = [k for k in knots if len(k) > 1]
    in_back = {p: set(k) for k in back for p in k}
    count = sum(len(a) for a in arrows.values())
    print(f"\n{module.name}: {len(all_files)} files, {len(arrows)} packages of {prefix},"
          f" {count} arrows, {1 + max(floor.values())} floors")
    for package in sorted(arrows, key=lambda p: (floor[p], p)):
        size = sum(f.package == package for f in all_files)
        targets = sorted(arrows[package], key=lambda p: (floor[p], p))
        said = ", ".join(
            short(p, prefix) + ("*" if p in in_back.get(package, ()) else "") for p in targets)
        print(f"  {floor[package]}  {short(package, prefix):24} {size:3} files"
              + (f"  imports {said}" if said else ""))
    for knot in back:
        inner = sum(len(arrows[p] & set(knot)) for p in knot)
        print(f"  arrows back (*): {len(knot)} packages with {inner} arrows among them: "
              + ", ".join(short(p, prefix) for p in knot))
    if not back:
        print("  no arrows back")
    largest = max(sorted(arrows), key=lambda p: sum(f.package == p for f in all_files))
    members = [f for f in all_files if f.package == largest]
    rounds = [k for k in components(file_arrows(members)) if len(k) > 1]
    print(f"  largest: {short(largest, prefix)} with {len(members)} files"
          + (f", of which {max(map(len, rounds))} name each other in a round" if rounds else ""))
    print("    " + " ".join(sorted(f.name for f in members)))
    return len(back)


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    wanted = sys.argv[2:]
    modules = [m.parent.parent.parent for m in sorted(root.glob("*/src/main/java"))]
    back = sum(picture(m) for m in modules if not wanted or m.name in wanted)
    print(f"\narrows back in all: {back} knots of packages")


if __name__ == "__main__":
    main()
