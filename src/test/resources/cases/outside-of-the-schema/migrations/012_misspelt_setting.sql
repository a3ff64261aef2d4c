SET work_men = '1MB';
