"""The README says what the program does: commands, options, tables and views are checked against the code."""

import re
import subprocess
import tomllib
from typing import Any

import click
import pytest
from places import GOLDEN, ROOT

from corpus_db.cli import main
from corpus_db.reading.functions import FUNCTIONS
from corpus_db.reading.questions import questions
from corpus_db.store import schema

README = (ROOT / "README.md").read_text(encoding="utf-8")


def part(name: str) -> str:
    """What stands between the marks of a part of the README."""
    return README.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0].strip()


def commands() -> str:
    """The commands and their options as the README has to list them."""
    lines = ["| command | what it does |", "|---|---|"]
    options: dict[str, tuple[list[str], str]] = {}
    for name, command in main.commands.items():
        context = click.Context(command)
        arguments = [each.make_metavar(context) for each in command.params if isinstance(each, click.Argument)]
        lines.append(f"| `{' '.join(['corpus-db', name, *arguments])}` | {command.help.split(chr(10) * 2)[0]} |")
        for option in command.params:
            if isinstance(option, click.Option):
                flags = " / ".join(f"`{flag}`" for flag in (*option.opts, *option.secondary_opts))
                options.setdefault(flags, ([], option.help))[0].append(name)
    lines += ["", "| option | of | meaning |", "|---|---|---|"]
    lines += [f"| {flags} | {', '.join(of)} | {text} |" for flags, (of, text) in options.items()]
    return "\n".join(lines)


def tables() -> str:
    """The tables and views as the README has to list them, from the comments of the schema."""
    lines = []
    for name, table in schema.tables().items():
        if not name.endswith("_fts"):
            columns = "; ".join(f"`{column}`{f' {text}' if text else ''}" for column, text in table.columns.items())
            lines.append(f"- **`{name}`**{' (view)' if table.kind == 'view' else ''}: {table.description} {columns}")
    full_text = [name for name in schema.tables() if name.endswith("_fts")]
    lines.extend(f"- **`{name}`**: {schema.tables()[name].description}" for name in full_text)
    return "\n".join(lines)


def functions() -> str:
    """The SQL functions as the README has to list them."""
    return "\n".join(
        f"- **`{each.call}`**: {each.description} `{each.example}` gives `{each.answer}`." for each in FUNCTIONS
    )


def test_the_readme_lists_the_functions() -> None:
    assert part("functions") == functions()


def test_the_readme_lists_the_commands() -> None:
    assert part("commands") == commands()


def test_the_readme_lists_the_tables() -> None:
    assert part("schema") == tables()


def test_the_readme_counts_the_questions() -> None:
    numbers = {14: "Fourteen", 15: "Fifteen", 16: "Sixteen"}
    assert f"{numbers[len(questions())]} documented questions" in README


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:scripts|corpus_db|tests|data|docs)/[\w./]+)`", README)
    for name in named + re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (ROOT / name).exists(), name


def test_the_python_in_the_readme_runs(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw").symlink_to(GOLDEN / "plain")
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert "('The Valley Gazette', '2024-03', 1)" in capsys.readouterr().out


def test_every_column_has_a_comment_or_speaks_for_itself() -> None:
    plain = set(
        "id article_id raw_file_id author_id outlet_id stop headline standfirst outlet year crosshead paragraph_count "
        "word_count path text value".split()
    )
    for table in schema.tables().values():
        assert table.description
        for column, comment in table.columns.items():
            assert comment or column in plain, f"{table.name}.{column}"


def test_the_project_speaks_of_itself_only() -> None:
    """No path of a machine, no host of a registry."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in listed:
        if not name.startswith(("data/", "docs/", "tests/", "LICENSE")) and not name.endswith(".npz"):
            text = (ROOT / name).read_text(encoding="utf-8")
            assert not re.search(r"/root/|/home/\w|/work/|pypi\.org|npmjs|deb\.debian", text), name


def test_the_lowest_versions_are_those_that_are_allowed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["parquet"]]
    lowest = {"==".join(re.match(r"([\w-]+)>=([\w.]+)", each).groups()) for each in wanted}
    lines = (ROOT / "scripts" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    assert {line for line in lines if not line.startswith("#")} == lowest


if __name__ == "__main__":
    text = README
    for name, written in (("commands", commands()), ("functions", functions()), ("schema", tables())):
        before, rest = text.split(f"<!-- {name} -->")
        after = rest.split(f"<!-- /{name} -->")[1]
        text = f"{before}<!-- {name} -->\n{written}\n<!-- /{name} -->{after}"
    (ROOT / "README.md").write_text(text, encoding="utf-8")
