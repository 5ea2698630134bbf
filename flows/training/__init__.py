"""Trains the tagger: corpora, network, loop, export."""
