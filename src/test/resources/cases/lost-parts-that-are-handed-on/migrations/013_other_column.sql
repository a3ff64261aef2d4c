UPDATE place SET name = 'hill';
