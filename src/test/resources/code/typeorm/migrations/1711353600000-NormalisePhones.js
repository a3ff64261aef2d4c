module.exports = class NormalisePhones1711353600000 {
  name = 'NormalisePhones1711353600000';

  async up(queryRunner) {
    const rows = await queryRunner.query(`SELECT "id", "phone" FROM "customer" WHERE "phone" IS NOT NULL`);
    for (const row of rows) {
      await queryRunner.query(`UPDATE "customer" SET "phone" = $1 WHERE "id" = $2`, [
        row.phone.replace(/[^0-9+]/g, ''),
        row.id,
      ]);
    }
  }

  async down() {
    // the old spelling is gone
  }
};
