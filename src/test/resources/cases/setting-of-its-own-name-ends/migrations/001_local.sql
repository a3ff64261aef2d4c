SET LOCAL myapp.flag = 'on';
SELECT set_config('myapp.other', 'on', true);
