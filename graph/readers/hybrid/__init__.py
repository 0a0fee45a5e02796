"""The learned reader: a small network beside the grammar that judges what a sentence tells of pairs of actors."""
