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
    Action("pane.cluster", "app", "Cluster", "Look at the cluster closely", ("6",)),
    Action("list.filter", "app", "Filter", "Filter the list, search the feed", ("slash",), True),
    Action(
        "list.problems",
        "app",
        "Problems",
        "Show only what is wrong, and all",
        ("exclamation_mark",),
    ),
    Action(
        "app.back", "app", "Back", "Back out: close what is open, return to the panes", ("escape",)
    ),
    Action(
        "app.actions", "app", "Actions", "Show what can be done to what is selected", ("a",), True
    ),
    Action("app.undo", "app", "Undo", "Take a change of the configuration back", ("u",)),
    Action("app.redo", "app", "Redo", "Do again what was last taken back", ("U",)),
    Action("app.log", "app", "Action log", "Show what was changed, and what came of it", ("7",)),
    Action(
        "app.lock", "app", "Read-only", "Lock or unlock: locked, nothing can be changed", ("f9",)
    ),
    Action("app.settings", "app", "Settings", "Change settings and keys", ("f10",)),
    Action("app.refresh", "app", "Look again", "Look at the cluster again, now", ("f5",)),
    Action("app.pending", "app", "Pending", "Show the uncommitted changes", ("f2",)),
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
        "Show the keys of the pane, and all others",
        ("f1", "question_mark"),
        True,
    ),
    Action(
        "app.quit", "app", "Quit", "Leave; uncommitted changes are asked for", ("ctrl+q", "q"), True
    ),
)
