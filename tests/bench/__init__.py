"""Measures crmtui beside ``crm`` and ``crm_mon``, in one run, and writes the table of the README.

``python -m tests.bench`` brings up a lab of its own (three nodes; root is needed), gives it a few
resources, measures and takes it down; ``--keep`` leaves it up, and a lab that is up is used as it is.

How it is measured:

- Every program runs in a pseudo-terminal of its own, of 160 by 50 characters. A thread reads it and
  notes the time of each piece it gets; nothing else is done between the program and the clock.
- What was to be seen when is found out by playing the pieces into a terminal emulator (pyte) after
  the wanted words have come, so that the emulator, which takes some 2 µs a byte, is never in a time.
- *Start*: both on the node and with its own Python, crmtui as pip installs it. From the moment the
  program is spawned to the piece after which the screen shows verdict, all nodes, all resources and
  the feed; for ``crm status`` to its end. Then to where one can type: to the key line with all of
  that, for ``crm`` to its prompt. They take turns; no slower means median and p95.
- *Change*: one ``crm_standby`` on a node where nothing runs, seen by crmtui, by a console ``crm_mon``
  and by ``crm_mon -i 1`` at the same time. The clock starts when the tool is started, which itself takes
  some time until it changes the CIB; the same times counted from its end are given too. Between two
  changes a random time of up to 2 s passes, or they would keep step with crm_mon's timer.
- *Round trip*: from Enter to the piece after which the screen shows the last line of the output and
  the prompt is ready again, against the same line in a warm ``crm`` driven by pexpect. They take turns.
- *Idle*: what the kernel counted for crmtui and all its descendants in 20 s, in ticks of 10 ms. A
  process that was started in between is either still there, or was waited for and then shows in its
  parent's count of the page faults of children.
  (In the first two minutes after a change crmtui looks once or twice more, to be sure that it was told
  of all of it; then no more.)
- *Large clusters*: looks at a generated cluster (``tests/scale.py``) that the real crm_mon printed
  before, told ten times a second from files, so that crm_mon's own time is not in, nor that of the
  cibadmin that is asked after each look whether the configuration is another one (on a file, which
  has no last change to go by; it is not, so that no CIB is read meanwhile); a look differs from
  the one before by a node in standby and all that ran on it. Keys are pressed meanwhile, at random
  times between two looks; the emulator is fed a quarter of a second after each, since it would
  take one of two processors while the picture is made, and a user's terminal is another machine.
- *Completion*: from the last letter of a line to the piece after which the screen shows the menu for
  it, in sandboxes with 100 and 1000 resources; the first agents after a start; long help. Beside it,
  crm's own TAB on the same line in a warm crm at its top level (M-? with one choice a line), and
  ``crm --compgen``. ``--language`` measures this alone, without a lab.
- Where others use the machine before or after, the README stays as it is.
- p95 is the value that 19 of 20 do not exceed; of fewer than 20 it is the greatest.
"""
