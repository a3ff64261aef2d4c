module.exports = class CreateBike1705054500000 {
  name = 'CreateBike1705054500000';

  async up(queryRunner) {
    await queryRunner.query(`CREATE TABLE "bike" ("id" SERIAL NOT NULL, "brand" character varying(80) NOT NULL, "model" character varying(80), "ownerId" integer NOT NULL, CONSTRAINT "PK_bike" PRIMARY KEY ("id"))`);
    await queryRunner.query(`ALTER TABLE "bike" ADD CONSTRAINT "FK_bike_owner" FOREIGN KEY ("ownerId") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
  }

  async down(queryRunner) {
    await queryRunner.query(`ALTER TABLE "bike" DROP CONSTRAINT "FK_bike_owner"`);
    await queryRunner.query(`DROP TABLE "bike"`);
  }
};
