"""Makes and checks the HLO samples of hlo-emitter's tests, with XLA's own parser (jaxlib 0.10.2).

usage: hlo_samples.py make  DIR    each DIR/NAME.hlo (written by hand) -> DIR/NAME.hlo.pb
       hlo_samples.py check DIR    each DIR/NAME.hlo.txt (written by HloText) must read back as NAME.hlo.pb

`check` compares what XLA prints of both: equal modules print equally.
"""

import pathlib
import sys

from jaxlib import _hlo


def printed(module):
    return module.to_string().replace("%", "")


def main(verb, folder):
    bad = 0
    for source in sorted(pathlib.Path(folder).glob("*.hlo")):
        proto = source.with_suffix(".hlo.pb")
        if verb == "make":
            module = _hlo.hlo_module_from_text(source.read_text())
            proto.write_bytes(module.as_serialized_hlo_module_proto())
            continue
        text = source.with_suffix(".hlo.txt").read_text()
        expected = printed(_hlo.HloModule.from_serialized_hlo_module_proto(proto.read_bytes()))
        try:
            got = printed(_hlo.hlo_module_from_text(text))
        except Exception as error:  # the parser's message is what one wants to see
            got = str(error)
        same = got == expected
        print(source.stem, "reads back" if same else "DIFFERS")
        if not same:
            bad += 1
            print("--- expected\n" + expected + "--- got\n" + got)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
