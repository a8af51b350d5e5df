"""The data model, declared once: fields, value lists, layers and the rules between them."""
