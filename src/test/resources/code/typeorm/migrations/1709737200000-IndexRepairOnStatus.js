const { TableIndex } = require('typeorm');

module.exports = class IndexRepairOnStatus1709737200000 {
  name = 'IndexRepairOnStatus1709737200000';

  async up(queryRunner) {
    await queryRunner.createIndex('repair', new TableIndex({
      name: 'IDX_repair_status',
      columnNames: ['status'],
    }));
  }

  async down(queryRunner) {
    await queryRunner.dropIndex('repair', 'IDX_repair_status');
  }
};
