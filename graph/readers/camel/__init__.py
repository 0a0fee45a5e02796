"""The reader camel: the grammar, with the names that camel-tools' model of named entities finds in addition."""
