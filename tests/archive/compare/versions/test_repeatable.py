"""A diff is the same in every process, however Python hashes strings there."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import random
from archive.compare.versions.diff import compare_sentences
chance = random.Random(2)
words = ["".join(chance.choices("abcdefgh", k=6)) for _ in range(40)]
before, after = ([" ".join(chance.sample(words, k=8)) for _ in range(200)] for _ in range(2))
print([(action.kind.value, action.before_index, action.after_index) for action in compare_sentences(before, after)])
"""


def compared(seed: int) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_diff_does_not_hang_on_the_hash_seed() -> None:
    assert len({compared(seed) for seed in range(3)}) == 1
