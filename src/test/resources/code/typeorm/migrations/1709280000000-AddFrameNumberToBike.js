const { TableColumn } = require('typeorm');

module.exports = class AddFrameNumberToBike1709280000000 {
  name = 'AddFrameNumberToBike1709280000000';

  async up(queryRunner) {
    await queryRunner.addColumn('bike', new TableColumn({
      name: 'frameNumber',
      type: 'varchar',
      length: '40',
      isNullable: true,
    }));
  }

  async down(queryRunner) {
    await queryRunner.dropColumn('bike', 'frameNumber');
  }
};
