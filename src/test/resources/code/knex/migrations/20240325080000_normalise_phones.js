exports.up = async function (knex) {
  const rows = await knex('customers').select('id', 'phone').whereNotNull('phone');
  for (const row of rows) {
    await knex('customers')
      .where({ id: row.id })
      .update({ phone: row.phone.replace(/[^0-9+]/g, '') });
  }
};

exports.down = async function () {
  // the old spelling is gone
};
