exports.up = async function (knex) {
  await knex.schema.alterTable('orders', (table) => {
    table.text('note');
  });
  await knex.raw("COMMENT ON COLUMN orders.note IS 'free text, shown on the label'");
};

exports.down = async function (knex) {
  await knex.schema.alterTable('orders', (table) => {
    table.dropColumn('note');
  });
};
