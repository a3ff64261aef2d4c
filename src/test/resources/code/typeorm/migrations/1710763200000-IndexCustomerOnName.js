const { TableIndex } = require('typeorm');

module.exports = class IndexCustomerOnName1710763200000 {
  name = 'IndexCustomerOnName1710763200000';
  transaction = false;

  async up(queryRunner) {
    await queryRunner.createIndex('customer', new TableIndex({
      name: 'IDX_customer_name',
      columnNames: ['name'],
      isConcurrent: true,
    }));
  }

  async down(queryRunner) {
    await queryRunner.query(`DROP INDEX CONCURRENTLY "IDX_customer_name"`);
  }
};
