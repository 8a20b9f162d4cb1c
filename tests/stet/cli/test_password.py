"""`stet password`: hashes that the configuration takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.cli import stet

from stet.config import load
from stet.web.access.hashes import matches

if TYPE_CHECKING:
    from pathlib import Path


def test_the_hash_of_a_line_of_standard_input_is_what_the_configuration_takes(tmp_path: Path) -> None:
    ran = stet(tmp_path, "password", "--stdin", stdin="correct horse\n")
    assert ran.status == 0
    encoded = ran.stdout.strip()
    assert matches(encoded, "correct horse")
    (tmp_path / "config.yaml").write_text(f"web:\n  password_hash: {encoded}\n", encoding="utf-8")
    assert load(tmp_path / "config.yaml").web.password_hash
    assert stet(tmp_path, "password", "--stdin", stdin="correct horse\n").stdout.strip() != encoded


def test_a_token_is_another_each_time_and_printed_with_its_hash(tmp_path: Path) -> None:
    token, encoded = stet(tmp_path, "password", "--token").stdout.split()
    assert len(token) >= 40
    assert matches(encoded, token)
    assert stet(tmp_path, "password", "--token").stdout.split()[0] != token


def test_a_short_password_is_refused_and_not_repeated(tmp_path: Path) -> None:
    ran = stet(tmp_path, "password", "--stdin", stdin="hunter2\n")
    assert (ran.status, ran.stdout) == (2, "")
    assert "8 characters" in ran.stderr
    assert "hunter2" not in ran.stderr


def test_a_wrong_hash_in_the_configuration_does_not_keep_from_making_another(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("web: {password_hash: wrong}\n", encoding="utf-8")
    assert stet(tmp_path, "password", "--stdin", stdin="correct horse\n").status == 0
    assert stet(tmp_path, "sources").status == 2
