module.exports = class CreateStorageBox1709551800000 {
  name = 'CreateStorageBox1709551800000';

  async up(queryRunner) {
    await queryRunner.query(`
      CREATE TABLE "storage_box" (
        "id" SERIAL PRIMARY KEY,
        "label" text NOT NULL,
        "repairId" integer REFERENCES "repair" ("id")
      );

      UPDATE "repair"
         SET "dueOn" = "dueOn" + "bufferDays"
       WHERE "status" = 'waiting';

      ALTER TABLE "bike" ADD COLUMN "boxLabel" varchar(12);
    `);
  }

  async down(queryRunner) {
    await queryRunner.query(`
      ALTER TABLE "bike" DROP COLUMN "boxLabel";
      DROP TABLE "storage_box";
    `);
  }
};
