"""What keys do everywhere outside the command line."""

from __future__ import annotations

from crmtui.actions.action import Action

APP: tuple[Action, ...] = (
    Action("command.focus", "app", "Command", "Go to the command line", ("colon",), True),
    Action("pane.next", "app", "Next pane", "Go to the next pane", ("tab",), True),
    Action("pane.previous", "app", "Previous pane", "Go to the previous pane", ("shift+tab",)),
    Action("pane.nodes", "app", "Nodes", "Go to the nodes", ("1",)),
    Action("pane.resources", "app", "Resources", "Go to the resources", ("2",)),
    Action("pane.feed", "app", "Feed", "Go to the crm_mon feed", ("3",)),
    Action("pane.output", "app", "Output", "Go to the output of commands", ("4",)),
    Action("pane.timeline", "app", "Timeline", "Go to the timeline", ("5",)),
    Action(
        "pane.cluster",
        "app",
        "Cluster",
        "Cluster details: quorum, links, daemons, properties",
        ("6",),
        also="quorum ground dc fencing",
    ),
    Action(
        "list.filter",
        "app",
        "Filter",
        "Filter the list, search the feed",
        ("slash",),
        True,
        also="search find",
    ),
    Action(
        "list.problems",
        "app",
        "Problems",
        "Problems only (toggle)",
        ("exclamation_mark",),
    ),
    Action(
        "app.back", "app", "Back", "Back out: close what is open, return to the panes", ("escape",)
    ),
    Action(
        "app.actions", "app", "Actions", "Show what can be done to what is selected", ("a",), True
    ),
    Action("app.undo", "app", "Undo", "Undo a change of the configuration: choose which", ("u",)),
    Action("app.redo", "app", "Redo", "Redo what was undone last", ("U",)),
    Action(
        "app.log",
        "app",
        "Action log",
        "Action log: what was changed, and what came of it",
        ("7",),
        also="log audit",
    ),
    Action(
        "app.lock",
        "app",
        "Read-only",
        "Lock or unlock: locked, nothing can be changed",
        ("f9",),
        also="lock unlock",
    ),
    Action(
        "app.settings",
        "app",
        "Settings",
        "Change settings and keys",
        ("f10",),
        also="preferences options theme",
    ),
    Action(
        "app.refresh",
        "app",
        "Refresh",
        "Refresh: look at the cluster again, now",
        ("f5",),
        also="reload",
    ),
    Action(
        "app.pending",
        "app",
        "Pending",
        "Show the uncommitted changes",
        ("f2",),
        also="diff uncommitted",
    ),
    Action(
        "app.palette",
        "app",
        "Find",
        "Find any action, object, crm command or guide",
        ("f4", "ctrl+p"),
    ),
    Action(
        "app.help",
        "app",
        "Keys",
        "Help: the keys of the pane, and all others",
        ("f1", "question_mark"),
        True,
        also="help",
    ),
    Action(
        "app.quit",
        "app",
        "Quit",
        "Quit (asks about uncommitted changes)",
        ("ctrl+q", "q"),
        True,
        also="exit leave",
    ),
)
