"""The modules of confiture.core that migration files import."""
