exports.up = async function (knex) {
  await knex.schema.createTable('customers', (table) => {
    table.increments('id');
    table.string('name', 120).notNullable();
    table.string('email', 200).notNullable().unique();
    table.string('phone', 30);
    table.timestamps(true, true);
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTable('customers');
};
