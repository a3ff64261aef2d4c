from yoyo import step

__depends__ = {"0004.index"}

steps = [step("ALTER TABLE users ADD email text")]
