/** Common given and family names of several origins found in the United Kingdom; combined at random, they name nobody. */
type NameList = {
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly family: readonly string[];
};

const words = (text: string): readonly string[] => text.split(' ');

export type NameOrigin =
  | 'british'
  | 'celtic'
  | 'european'
  | 'southAsian'
  | 'african'
  | 'caribbean'
  | 'eastAsian'
  | 'arabic';

export const nameLists: Readonly<Record<NameOrigin, NameList>> = {
  british: {
    female: words(
      'Alison Amelia Amy Beth Charlotte Chloe Claire Daisy Eleanor Emily Emma Georgia Hannah Heather Holly Jessica Joanne Katherine Laura Lucy Megan Natalie Nicola Olivia Rachel Rebecca Ruth Sarah Sophie Victoria',
    ),
    male: words(
      'Adam Alexander Andrew Ben Callum Christopher Craig Daniel David Edward George Harry Jack James Jamie Joseph Joshua Lee Luke Mark Matthew Michael Nathan Oliver Paul Peter Robert Samuel Simon Thomas',
    ),
    family: words(
      'Ainsworth Appleby Ashworth Atkinson Barker Bennett Booth Bradshaw Brookes Carter Chambers Clarke Cooper Dawson Dixon Ellis Fletcher Foster Greenwood Hargreaves Harrison Hartley Holroyd Hughes Illingworth Jackson Kendall Lister Marsden Mitchell Naylor Newton Oldroyd Parker Pickering Priestley Ramsden Robinson Shaw Sutcliffe Sykes Taylor Thackray Thornton Turner Varley Wainwright Walker Whitaker Wilkinson',
    ),
  },
  celtic: {
    female: words('Aoife Bronwen Carys Catriona Ciara Eilidh Fiona Gwen Isla Mairi Niamh Orla Rhiannon Siân Sinéad'),
    male: words('Alasdair Angus Aidan Brendan Ciarán Dafydd Declan Duncan Euan Gareth Hamish Iwan Liam Rhys Seán'),
    family: words(
      'Bevan Brennan Campbell Doherty Evans Fraser Gallagher Griffiths Kelly Lloyd MacDonald McCarthy Morgan Murphy Murray O’Brien O’Connor Pritchard Quinn Ross Stewart Walsh',
    ),
  },
  european: {
    female: words('Agnieszka Ana Elena Giulia Ilinca Joanna Katarzyna Magdalena Małgorzata Sofia Zuzana'),
    male: words('Andrei Bartosz Dimitri Luca Marek Mihai Paweł Piotr Rafael Stefan Tomasz'),
    family: words(
      'Bianchi Costa Dąbrowski Ferreira Ionescu Kowalczyk Nowak Petrov Popescu Rossi Silva Wójcik Zieliński',
    ),
  },
  southAsian: {
    female: words(
      'Aaliyah Aisha Anjali Deepa Fatima Harpreet Kiran Meera Nadia Priya Ruksana Saima Shabana Sunita Zainab',
    ),
    male: words(
      'Amir Arjun Bilal Gurpreet Hamza Imran Jasdeep Kamran Mohammed Nikhil Rajesh Sanjay Tariq Usman Vikram',
    ),
    family: words(
      'Ahmed Ali Bains Begum Bhatt Chaudhry Desai Dhillon Gill Hussain Iqbal Kaur Khan Mahmood Malik Mistry Patel Rahman Sandhu Shah Sharma Singh',
    ),
  },
  african: {
    female: words('Abena Adaeze Amara Chidinma Efua Folake Ngozi Thandiwe Yewande Zola'),
    male: words('Chidi Emeka Femi Kofi Kwame Obinna Olumide Tendai Tunde Yaw'),
    family: words('Abiola Adeyemi Agyeman Asante Boateng Chukwu Eze Mensah Moyo Nkosi Okafor Okonkwo Osei'),
  },
  caribbean: {
    female: words('Alicia Chantelle Denise Jade Keisha Marcia Monique Natasha Shanice Simone'),
    male: words('Andre Curtis Darnell Errol Jerome Leon Marcus Nathaniel Tyrone Winston'),
    family: words('Bailey Blackwood Campbell Edwards Francis Gayle Grant Henry Joseph Lewis Morgan Powell Reid'),
  },
  eastAsian: {
    female: words('Hui Linh Mei Mei-Ling Sakura Siu Thuy Xiu Yan Ying'),
    male: words('Chen Haruto Jian Jun Kenji Minh Tuan Wai Wei Yong'),
    family: words('Chan Cheung Ho Lam Lau Lee Leung Liu Ng Nguyen Tanaka Tran Wong Yip Zhang'),
  },
  arabic: {
    female: words('Dalal Hala Layla Leila Maryam Noor Rania Salma Shirin Yasmin'),
    male: words('Ahmad Farid Hassan Karim Khalid Omar Rami Reza Samir Youssef'),
    family: words('Abdullah Ahmadi Aziz Darwish Farah Haddad Hamdan Karimi Mansour Nasser Rahimi Saleh'),
  },
};
