"""A debugger that does what it is told: lines of JSON on the descriptors $DRIVE names. A line is
one for the debugger, or:

    !open PROGRAM ARGUMENTS    !run    !end
    !frame        the selected frame: its function and line
    !registers    the innermost frame's stack pointer and program counter, and the thread
    !core FILE    the process becomes a core file
"""

import json
import os


def drive(driver):
    requests, answers = map(int, os.environ.pop("DRIVE").split())
    with open(requests) as asked, open(answers, "w") as told:
        for line in asked:
            word, _, argument = json.loads(line).partition(" ")
            special = getattr(driver, word[1:]) if word.startswith("!") else None
            answer = special(argument) if special else driver.execute(json.loads(line))
            told.write(json.dumps(answer or "") + "\n")
            told.flush()
