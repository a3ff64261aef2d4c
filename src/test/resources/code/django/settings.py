import os
from urllib.parse import unquote, urlparse

_url = urlparse(os.environ['DATABASE_URL'])

DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': unquote(_url.path.lstrip('/')),
        'USER': unquote(_url.username or ''),
        'PASSWORD': unquote(_url.password or ''),
        'HOST': _url.hostname or '',
        'PORT': str(_url.port or ''),
    }
}

SECRET_KEY = 'only-an-example'
INSTALLED_APPS = ['shop']
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
USE_TZ = True
