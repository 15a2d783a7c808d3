"""Cases of numbers, texts and JSON by chance, and what JavaScript answers (see `node.js`)."""

import json
import subprocess
from pathlib import Path
from random import Random
from shutil import which

NODE = Path(__file__).with_name("node.js")
EDGE_TEXT = """
0 -0 1 -1 9007199254740991 9007199254740992 9007199254740993 -9007199254740993 1e21 1e20 1e-6 1e-7
999999999999999999999 5e-05 1.0987654321098765e+18 1098765432109876543 5e-324 1e309 -1e400 0.1 2e-5
1.7976931348623157e308 0.30000000000000004 123456789012345680000 4.35 1.005 100 1.0 1E5 12e-1 1e23
0.000001234 8.41e21 9.5e-7 4503599627370496.5 8.5 0.5 1.5 2.5 -0.5
"""
EDGES = EDGE_TEXT.split()
ODD_NUMBERS = (
    "|  |\ufeff12|\u00a012\u2003|0x1F|0X1f|0b101|0o17|-0x1F|0x|1_000|1,234.56|1.2.3|.5|5.|.|+8|--1"
    "|1e|1e+|e5|Infinity|-Infinity|+Infinity|infinity|NaN|null|true|12px|$5|\u0661\u0662|1 2|\x1c12"
    f"|007|0x1G|1e5e5|12\u200b|\u180e1|\x0b12\x0c|1n|1e1000|0xfffffffffffffffff|{'9' * 400}"
).split("|")
# With those that grow in capitals, look alike, can't be seen, or have two units.
LETTERS = (
    "abc\xdf\u0149\xc9\xe9e\u0301\u0130\u0131\u03a3\u03c2😀👩\u200d🚀\ufb01\U00010428\xa0\ufeff"
    "\u200b\x1f\u2028\u2713"
)
OPERATIONS = (
    *("json",) * 4, "indented", "string", "number", "number", "float", "integer", "fixed", "equal",
    "length", "units", "substring", "lower", "upper", "trim", *"+-*/%",
)  # fmt: skip
ESCAPES = (r"\n", r"\"", r"\\", r"\/", r"\u0041", r"\ud83d\ude00", r"\ud83d", r"\ude00", r"\u0000")
KEYS = ("a", "b", "10", "2", "01", "-1", "4294967294", "4294967295", "1e3", "", "é", "length")


class Maker:
    """Makes cases by chance."""

    def __init__(self, seed):
        self._random = Random(seed)  # noqa: S311 - no secrets
        self._pick = self._random.choice

    def number(self):
        """Return a number as JSON may have it."""
        chance = self._random.random()
        if chance < 0.2:
            return self._pick(EDGES)
        digits = str(self._random.randrange(10 ** self._random.randint(1, 25)))
        if chance > 0.5:
            digits += "." + str(self._random.randrange(10 ** self._random.randint(1, 20)))
        if chance > 0.7:
            digits += (
                self._pick("eE")
                + self._pick(("", "+", "-"))
                + str(self._random.randrange(self._pick((10, 30, 330))))
            )
        return self._pick(("", "", "-")) + digits

    def number_text(self):
        """Return text that is a number, or hardly."""
        if self._random.random() < 0.3:
            return self._pick(ODD_NUMBERS)
        before, after = self._pick(("", "", " ", "+", "\ufeff")), self._pick(("", "", " ", "x"))
        return before + self.number() + after

    def text(self):
        """Return text of characters that count."""
        return "".join(self._pick(LETTERS) for _ in range(self._random.randrange(12)))

    def quoted(self):
        """Return text as JSON may have it."""
        text = json.dumps(self.text(), ensure_ascii=self._random.random() < 0.5)
        if self._random.random() < 0.4:
            text = text[:-1] + self._pick(ESCAPES) + self._pick(ESCAPES) + '"'
        return text

    def json(self, depth=0):
        """Return JSON text."""
        kind = self._random.randrange(4 if depth > 3 else 7)
        if kind < 2:
            return self.number()
        if kind == 2:
            return self.quoted()
        if kind == 3:
            return self._pick(("true", "false", "null"))
        space = self._pick(("", "", " ", "\n\t"))
        parts = [self.json(depth + 1) for _ in range(self._random.randrange(5))]
        if kind == 4:
            return f"[{space}{(',' + space).join(parts)}{space}]"
        members = (f"{json.dumps(self._pick(KEYS))}{space}:{part}" for part in parts)
        return f"{{{space}{(space + ',').join(members)}{space}}}"

    def doubtful_json(self):
        """Return JSON text, which may be broken."""
        text = self.json()
        if self._random.random() < 0.2:
            at = self._random.randrange(len(text) + 1)
            text = text[:at] + self._pick(("", ",", "]", "0", ".", "\t", '"', "-")) + text[at + 1 :]
        return text

    def case(self):
        """Return an operation with its operands."""
        name = self._pick(OPERATIONS)
        operands = {
            "json": (self.doubtful_json,),
            "indented": (self.doubtful_json,),
            "string": (self.doubtful_json,),
            "number": (self.number_text,),
            "float": (self.number_text,),
            "integer": (self.number_text,),
            "fixed": (self.number, self.place),
            "equal": (self.scalar, self.scalar),
            "substring": (self.text, self.place, self.place),
            **dict.fromkeys("+-*/%", (self.number, self.number)),
        }
        return [name, *(make() for make in operands.get(name, (self.text,)))]

    def place(self):
        """Return a place in a text, or a number of decimals."""
        return self._random.randint(0, 14)

    def scalar(self):
        """Return JSON that is not deep."""
        return self.json(depth=3)


def answers(cases):
    """Return what node answers to cases."""
    node = which("node")
    asked = json.dumps(cases).encode()
    done = subprocess.run([node, str(NODE)], input=asked, capture_output=True, check=True)
    return json.loads(done.stdout)
