exports.up = async function (knex) {
  await knex.schema.createTable('orders', (table) => {
    table.increments('id');
    table.integer('customer_id').notNullable().references('id').inTable('customers').onDelete('RESTRICT').index();
    table.enu('status', ['new', 'baked', 'collected', 'cancelled']).notNullable().defaultTo('new');
    table.date('pickup_on').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
};

exports.down = async function (knex) {
  await knex.schema.dropTable('orders');
};
