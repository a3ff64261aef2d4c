exports.up = async function (knex) {
  await knex.raw('CREATE INDEX CONCURRENTLY customers_name_index ON customers (lower(name))');
};

exports.down = async function (knex) {
  await knex.raw('DROP INDEX CONCURRENTLY customers_name_index');
};

exports.config = { transaction: false };
