module.exports = class FreeStorageView1710149400000 {
  name = 'FreeStorageView1710149400000';

  async up(queryRunner) {
    await queryRunner.query(`
      CREATE VIEW "free_storage" AS
      SELECT b."id", b."label"
        FROM "storage_box" b
        LEFT JOIN "repair" r ON r."id" = b."repairId"
       WHERE r."id" IS NULL OR r."status" = 'done'
    `);
  }

  async down(queryRunner) {
    await queryRunner.query(`DROP VIEW "free_storage"`);
  }
};
