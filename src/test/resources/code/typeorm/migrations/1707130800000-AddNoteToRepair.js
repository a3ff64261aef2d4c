module.exports = class AddNoteToRepair1707130800000 {
  name = 'AddNoteToRepair1707130800000';

  async up(queryRunner) {
    await queryRunner.query(`ALTER TABLE "repair" ADD "note" text`);
  }

  async down(queryRunner) {
    await queryRunner.query(`ALTER TABLE "repair" DROP COLUMN "note"`);
  }
};
