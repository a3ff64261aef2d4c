exports.up = async function (knex) {
  await knex.schema.createTable('round_stops', (table) => {
    table.increments('id');
    table.integer('round_id').notNullable().references('id').inTable('delivery_rounds').onDelete('CASCADE');
    table.integer('customer_id').notNullable().references('id').inTable('customers');
    table.integer('position').notNullable();
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTable('round_stops');
};
