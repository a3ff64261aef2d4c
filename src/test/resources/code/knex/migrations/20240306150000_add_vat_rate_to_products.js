exports.up = async function (knex) {
  await knex.schema.alterTable('products', (table) => {
    table.decimal('vat_rate', 4, 2).notNullable().defaultTo(7);
  });
};

exports.down = async function (knex) {
  await knex.schema.alterTable('products', (table) => {
    table.dropColumn('vat_rate');
  });
};
