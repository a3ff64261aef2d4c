exports.up = async function (knex) {
  await knex.schema.createTable('order_lines', (table) => {
    table.increments('id');
    table.integer('order_id').notNullable().references('orders.id').onDelete('CASCADE');
    table.integer('product_id').notNullable().references('products.id');
    table.integer('quantity').notNullable().defaultTo(1);
    table.unique(['order_id', 'product_id']);
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTable('order_lines');
};
