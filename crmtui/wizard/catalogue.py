"""Catalogue of the guided forms, by name."""

from __future__ import annotations

from crmtui.wizard.assemblies import CLONE, GROUP
from crmtui.wizard.constraint_forms import AFTER, LOCATION, TOGETHER
from crmtui.wizard.node_attributes import NODE_ATTRIBUTES
from crmtui.wizard.option_forms import DEFAULTS, PROPERTIES
from crmtui.wizard.topology import TOPOLOGY

RECIPES = (GROUP, CLONE, LOCATION, TOGETHER, AFTER, TOPOLOGY, NODE_ATTRIBUTES, PROPERTIES, DEFAULTS)
"""All recipes, in the order in which they are offered."""

BY_NAME = {recipe.name: recipe for recipe in RECIPES}
"""Recipes by their name on the command line."""
