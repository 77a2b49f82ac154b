export { FormDialog } from '../../ui/form-dialog.tsx';
