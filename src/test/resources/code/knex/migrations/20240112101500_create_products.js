exports.up = async function (knex) {
  await knex.schema.createTable('products', (table) => {
    table.increments('id');
    table.string('name', 120).notNullable();
    table.integer('price_cents').notNullable();
    table.integer('weight_grams');
    table.boolean('is_active').notNullable().defaultTo(true);
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTable('products');
};
