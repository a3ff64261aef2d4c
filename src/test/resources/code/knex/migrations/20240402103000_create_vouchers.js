exports.up = async function (knex) {
  await knex.schema.createTable('vouchers', (table) => {
    table.increments('id');
    table.string('code', 20).notNullable().unique();
    table.integer('customer_id').references('id').inTable('customers');
    table.integer('value_cents').notNullable();
    table.date('valid_until');
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTable('vouchers');
};
