module.exports = class CreateCustomer1704447000000 {
  name = 'CreateCustomer1704447000000';

  async up(queryRunner) {
    await queryRunner.query(`CREATE TABLE "customer" ("id" SERIAL NOT NULL, "name" character varying(120) NOT NULL, "email" character varying(200) NOT NULL, "phone" character varying(30), "createdAt" TIMESTAMP NOT NULL DEFAULT now(), CONSTRAINT "UQ_customer_email" UNIQUE ("email"), CONSTRAINT "PK_customer" PRIMARY KEY ("id"))`);
  }

  async down(queryRunner) {
    await queryRunner.query(`DROP TABLE "customer"`);
  }
};
