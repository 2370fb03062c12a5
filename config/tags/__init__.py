"""Django's tags for words and addresses that stand fixed in a template: looked up once, then remembered."""
