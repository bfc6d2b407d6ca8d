"""Verbs of nodes and resources: the crm line of each, and why it makes no sense now.

Pure: from the model of the cluster to offers. A verb's id is that of its action in the registry.
"""

from crmtui.verbs.offer import VerbOffer, offer, offers
from crmtui.verbs.verb import Verb

__all__ = ["Verb", "VerbOffer", "offer", "offers"]
