"""Shows how a document was read, sentence by sentence: words, mentions, triggers, and what gave or cost each fact."""
