exports.up = async function (knex) {
  await knex.raw(`
    CREATE TABLE delivery_rounds (
      id serial PRIMARY KEY,
      name text NOT NULL,
      starts_at time NOT NULL
    );

    UPDATE orders
       SET pickup_on = pickup_on + lead_days
     WHERE status = 'new';

    ALTER TABLE customers ADD COLUMN round_code varchar(12);
  `);
};

exports.down = async function (knex) {
  await knex.raw(`
    ALTER TABLE customers DROP COLUMN round_code;
    DROP TABLE delivery_rounds;
  `);
};
