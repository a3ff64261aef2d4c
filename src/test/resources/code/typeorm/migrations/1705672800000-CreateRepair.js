module.exports = class CreateRepair1705672800000 {
  name = 'CreateRepair1705672800000';

  async up(queryRunner) {
    await queryRunner.query(`CREATE TYPE "public"."repair_status_enum" AS ENUM('waiting', 'in_work', 'done')`);
    await queryRunner.query(`CREATE TABLE "repair" ("id" SERIAL NOT NULL, "bikeId" integer NOT NULL, "status" "public"."repair_status_enum" NOT NULL DEFAULT 'waiting', "dueOn" date NOT NULL, "createdAt" TIMESTAMP NOT NULL DEFAULT now(), CONSTRAINT "PK_repair" PRIMARY KEY ("id"))`);
    await queryRunner.query(`ALTER TABLE "repair" ADD CONSTRAINT "FK_repair_bike" FOREIGN KEY ("bikeId") REFERENCES "bike"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`);
  }

  async down(queryRunner) {
    await queryRunner.query(`DROP TABLE "repair"`);
    await queryRunner.query(`DROP TYPE "public"."repair_status_enum"`);
  }
};
