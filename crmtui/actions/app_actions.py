"""What keys do everywhere outside the command line."""

from __future__ import annotations

from crmtui.actions.action import KeyAction

APP: tuple[KeyAction, ...] = (
    KeyAction("command.focus", "app", "Command", "Go to the command line", ("colon",), True),
    KeyAction("pane.next", "app", "Next pane", "Go to the next pane", ("tab",), True),
    KeyAction("pane.previous", "app", "Previous pane", "Go to the previous pane", ("shift+tab",)),
    KeyAction("pane.nodes", "app", "Nodes", "Go to the nodes", ("1",)),
    KeyAction("pane.resources", "app", "Resources", "Go to the resources", ("2",)),
    KeyAction("pane.feed", "app", "Feed", "Go to the crm_mon feed", ("3",)),
    KeyAction("pane.output", "app", "Output", "Go to the output of commands", ("4",)),
    KeyAction("pane.timeline", "app", "Timeline", "Go to the timeline", ("5",)),
    KeyAction(
        "pane.cluster",
        "app",
        "Cluster",
        "Cluster details: quorum, links, daemons, properties",
        ("6",),
        also="quorum ground dc fencing",
    ),
    KeyAction(
        "list.filter",
        "app",
        "Filter",
        "Filter the list, search the feed",
        ("slash",),
        True,
        also="search find",
    ),
    KeyAction(
        "list.problems",
        "app",
        "Problems",
        "Problems only (toggle)",
        ("exclamation_mark",),
    ),
    KeyAction(
        "app.back", "app", "Back", "Back out: close what is open, return to the panes", ("escape",)
    ),
    KeyAction(
        "app.actions", "app", "Actions", "Show what can be done to what is selected", ("a",), True
    ),
    KeyAction(
        "app.undo", "app", "Undo", "Undo a change of the configuration: choose which", ("u",)
    ),
    KeyAction("app.redo", "app", "Redo", "Redo what was undone last", ("U",)),
    KeyAction(
        "app.log",
        "app",
        "Action log",
        "Action log: what was changed, and what came of it",
        ("7",),
        also="log audit",
    ),
    KeyAction(
        "app.lock",
        "app",
        "Read-only",
        "Lock or unlock: locked, nothing can be changed",
        ("f9",),
        also="lock unlock",
    ),
    KeyAction(
        "app.settings",
        "app",
        "Settings",
        "Change settings and keys",
        ("f10",),
        also="preferences options theme",
    ),
    KeyAction(
        "app.refresh",
        "app",
        "Refresh",
        "Refresh: look at the cluster again, now",
        ("f5",),
        also="reload",
    ),
    KeyAction(
        "app.pending",
        "app",
        "Pending",
        "Show the uncommitted changes",
        ("f2",),
        also="diff uncommitted",
    ),
    KeyAction(
        "app.palette",
        "app",
        "Find",
        "Find any action, object, crm command or guide",
        ("f4", "ctrl+p"),
    ),
    KeyAction(
        "app.help",
        "app",
        "Keys",
        "Help: the keys of the pane, and all others",
        ("f1", "question_mark"),
        True,
        also="help",
    ),
    KeyAction(
        "app.quit",
        "app",
        "Quit",
        "Quit (asks about uncommitted changes)",
        ("ctrl+q", "q"),
        True,
        also="exit leave",
    ),
)
