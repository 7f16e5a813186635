"""What must hold of any line, of lines that once broke it or that nearly do; `scripts/fuzz lines` makes more of them."""

import pytest
from lines import CHECKS

LINES = (
    "", " ", "\r" * 300, "By " * 100, "a, " * 200, "\0", "\ud800", "By \ud800 Lee", "=1+1", "\u200b=1", "\"\t=", "<r>x</r>", "x\ufffe",
    "4, \"2024-04-18T09:30:00+02:00\">18 April 2024, 09:", "Date: Tue, 12 Mar 20204:11 +0100", "30 February 2023", "31.11.2023",
    "www.ceace\n\n\nace.example", "https://[::1]:80/a", "//\u2100.example", "By İpek ßen and ŉ ǰ", "BY ǅ ﬁ", "१२ मार्च २०२४", "①② March 2024",
    "outlet:\"", "outlet:\"a\\\"b\" -\"c d\"~5* OR", "NEAR(a b, 5)", "a:b^c + {x} \"\"\" AND", "\u0301\u0345 e\u0301", "ςϓſ",
    "By Ann Lee in Moscow and Bo Ray, Political Correspondent | March 3, 2024, 10:30 p.m. ET",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", CHECKS)
def test_what_holds_of_any_line(name: str, line: str) -> None:
    CHECKS[name](line)
