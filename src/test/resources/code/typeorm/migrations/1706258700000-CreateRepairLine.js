const { Table, TableForeignKey } = require('typeorm');

module.exports = class CreateRepairLine1706258700000 {
  name = 'CreateRepairLine1706258700000';

  async up(queryRunner) {
    await queryRunner.createTable(new Table({
      name: 'repair_line',
      columns: [
        { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        { name: 'repairId', type: 'integer' },
        { name: 'text', type: 'text' },
        { name: 'minutes', type: 'integer', default: 0 },
      ],
    }));
    await queryRunner.createForeignKey('repair_line', new TableForeignKey({
      columnNames: ['repairId'],
      referencedTableName: 'repair',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    }));
  }

  async down(queryRunner) {
    await queryRunner.dropTable('repair_line');
  }
};
