exports.up = async function (knex) {
  await knex.schema.alterTable('products', (table) => {
    table.jsonb('allergens').notNullable().defaultTo('[]');
    table.index(['is_active']);
  });
};

exports.down = async function (knex) {
  await knex.schema.alterTable('products', (table) => {
    table.dropIndex(['is_active']);
    table.dropColumn('allergens');
  });
};
