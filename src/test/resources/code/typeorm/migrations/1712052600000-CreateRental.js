const { Table } = require('typeorm');

module.exports = class CreateRental1712052600000 {
  name = 'CreateRental1712052600000';

  async up(queryRunner) {
    await queryRunner.createTable(new Table({
      name: 'rental',
      columns: [
        { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
        { name: 'bikeId', type: 'integer' },
        { name: 'fromDay', type: 'date' },
        { name: 'days', type: 'integer', default: 1 },
      ],
      foreignKeys: [
        { columnNames: ['bikeId'], referencedTableName: 'bike', referencedColumnNames: ['id'] },
      ],
    }));
  }

  async down(queryRunner) {
    await queryRunner.dropTable('rental');
  }
};
