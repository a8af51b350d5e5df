"""The shared database: connections, installation and exchange, by psycopg2 alone."""
