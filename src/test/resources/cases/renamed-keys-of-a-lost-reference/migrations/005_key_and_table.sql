ALTER TABLE field RENAME CONSTRAINT field_id TO field_key;
ALTER TABLE field RENAME TO fields;
